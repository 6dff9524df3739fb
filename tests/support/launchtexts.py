r"""Texts of `launch.json` in the shapes that repositories have.

Each comes with the number of its entries that start the program in the root of the workspace, without variables that
only VS Code knows.
"""

TEXTS: dict[str, tuple[str, int]] = {
    "as VS Code creates it": (
        """{
    // Attributes are completed as you type.
    // Documentation: https://code.visualstudio.com/docs/editor/debugging
    "version": "0.2.0",
    "configurations": [
        {
            "name": "Launch Package",
            "type": "go",
            "request": "launch",
            "mode": "auto",
            "program": "${fileDirname}"
        }
    ]
}""",
        0,
    ),
    "the whole workspace": (
        """{
  "version": "0.2.0",
  "configurations": [
    {"name": "Server", "type": "go", "request": "launch", "mode": "auto", "program": "${workspaceFolder}"}
  ]
}
""",
        1,
    ),
    "the old name of the workspace, and an empty env": (
        """{
    "version": "0.2.0",
    "configurations": [
        {
            "name": "Launch",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "remotePath": "",
            "port": 2345,
            "host": "127.0.0.1",
            "program": "${workspaceRoot}",
            "env": {},
            "args": [],
            "showLog": true,
            "trace": "verbose"
        }
    ]
}""",
        1,
    ),
    "trailing commas": (
        """{
    "configurations": [
        {
            "name": "API",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}/main.go",
            "args": ["serve", "--verbose",],
            "env": {"PORT": "8080",},
        },
    ],
}
""",
        1,
    ),
    "comments everywhere": (
        """{
    /* shared by the team */
    "configurations": [ // one for each command
        {
            "name": "Worker", // the queue
            "type": "go",
            "request": "launch",
            // "mode": "test",
            "mode": "debug", /* not exec */
            "program": "${workspaceFolder}",
            "args": [
                // "--once",
                "--queue", "jobs" // see docs
            ]
            /* "env": {
                "DEBUG": "1"
            } */
        } // end
    ]
    // nothing below
}
""",
        1,
    ),
    "entries that are commented out": (
        """{
    "configurations": [
        // {
        //     "name": "Old",
        //     "type": "go",
        //     "request": "launch",
        //     "program": "${workspaceFolder}"
        // },
        {
            "name": "New",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}"
        }
    ]
}
""",
        1,
    ),
    "several languages": (
        """{
    "configurations": [
        {"name": "Page", "type": "chrome", "request": "launch", "url": "http://localhost:3000"},
        {"name": "Script", "type": "debugpy", "request": "launch", "program": "a.py", "console": "externalTerminal"},
        {"name": "Node", "type": "node", "request": "launch", "program": "${workspaceFolder}/web/server.js"},
        {"name": "Backend", "type": "go", "request": "launch", "mode": "auto", "program": "${workspaceFolder}"}
    ]
}
""",
        1,
    ),
    "compounds with groups": (
        """{
    "version": "0.2.0",
    "configurations": [
        {"name": "First", "type": "go", "request": "launch", "program": ".", "presentation": {"group": "all"}},
        {"name": "Second", "type": "go", "request": "launch", "program": ".", "presentation": {"hidden": true}}
    ],
    "compounds": [
        {"name": "Both", "configurations": ["First", "Second"], "stopAll": true, "preLaunchTask": "build"}
    ]
}
""",
        2,
    ),
    "inputs": (
        """{
    "configurations": [
        {
            "name": "Ask",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "args": ["${input:command}", "${input:name}"]
        }
    ],
    "inputs": [
        {"id": "command", "type": "pickString", "description": "Which command?", "options": ["list", "show"]},
        {"id": "name", "type": "promptString", "description": "Whose?", "default": "all"}
    ]
}
""",
        1,
    ),
    "attach by process, by port and in a container": (
        """{
    "configurations": [
        {"name": "Process", "type": "go", "request": "attach", "mode": "local", "processId": "${command:pickProcess}"},
        {"name": "Number", "type": "go", "request": "attach", "mode": "local", "processId": 0},
        {
            "name": "Container",
            "type": "go",
            "request": "attach",
            "mode": "remote",
            "debugAdapter": "dlv-dap",
            "host": "localhost",
            "port": 40000,
            "substitutePath": [{"from": "${workspaceFolder}", "to": "/app"}]
        },
        {"name": "Old container", "type": "go", "request": "launch", "mode": "remote", "port": 40000, "program": "."}
    ]
}
""",
        0,
    ),
    "tests with flags and options of Delve": (
        """{
    "configurations": [
        {
            "name": "One test",
            "type": "go",
            "request": "launch",
            "mode": "test",
            "program": "${workspaceFolder}",
            "args": ["-test.run", "TestLogin", "-test.v"],
            "buildFlags": "-tags=integration",
            "envFile": "${workspaceFolder}/.env",
            "dlvFlags": ["--check-go-version=false"],
            "dlvLoadConfig": {"followPointers": true, "maxVariableRecurse": 1, "maxStringLen": 400},
            "apiVersion": 2
        }
    ]
}
""",
        0,  # the env file is missing, so its variables are unknown
    ),
    "systems of their own": (
        """{
    "configurations": [
        {
            "name": "Everywhere",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "cwd": "${workspaceFolder}/data",
            "windows": {"args": ["--registry"]},
            "osx": {"args": ["--keychain"]},
            "linux": {"args": ["--secrets"], "console": "integratedTerminal"}
        }
    ]
}
""",
        1,
    ),
    "odd indentation": (
        """{
"version":"0.2.0",
      "configurations" :[
  {"name":   "Tight",
       "type":"go","request":"launch"
   ,"program":"${workspaceFolder}"
            ,"env":{
  "A":"1"
        ,"B" :"2"}
    }   ]
}
""",
        1,
    ),
    "one line": (
        '{"configurations":[{"name":"Run","type":"go","request":"launch","program":"${workspaceFolder}"}]}',
        1,
    ),
    "empty": ('{\n    "version": "0.2.0",\n    "configurations": []\n}\n', 0),
    "another language in comments and names": (
        """{
    // 调试配置，由团队维护
    "configurations": [
        {
            "name": "启动 服务 🚀",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}",
            "env": {"УРОВЕНЬ": "отладка"}
        }
    ]
}
""",
        1,
    ),
}
_MIXED = TEXTS["comments everywhere"][0]
TEXTS |= {
    "tabs": (_MIXED.replace("    ", "\t"), 1),
    "CRLF": (_MIXED.replace("\n", "\r\n"), 1),
    "a byte order mark": ("\ufeff" + _MIXED, 1),
    "a missing comma": (_MIXED.replace('"type": "go",', '"type": "go"'), 1),
    "a file that is cut off": (TEXTS["trailing commas"][0].rpartition("}")[0].rpartition("}")[0], 1),
}
