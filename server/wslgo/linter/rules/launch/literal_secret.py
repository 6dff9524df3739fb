"""A secret is written into a launch configuration.

`launch.json` is committed with the code, so all who have the repository have the secret. wslgo reports tokens by their
form (GitHub, AWS, OpenAI and others), and long random values of names like `API_KEY`. Write `${env:NAME}` and set the
variable outside, or put it into an `envFile` that git ignores. A secret that was committed has to be replaced by a new
one. wslgo shows none of them in its output.

## Example

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"API_KEY": "q7Zk29xPlm4RtW0v8Bn"}
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"API_KEY": "${env:API_KEY}"}
        }
    ]
}
```

## Example

```json
{"configurations": [
  {"name": "A", "type": "go", "request": "launch", "args": ["--token", "hf_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH"]}
]}
```

## No finding

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {
                "API_KEY": "${env:API_KEY}",
                "DB_PASSWORD": "postgres",
                "AUTH_TOKEN": "your-token-goes-here",
                "TOKEN_FILE": "/run/secrets/token4711abcdef",
                "SESSION_SECRET": "local-development-1",
                "COMMIT": "3f2a91c0de4b5a6978"
            }
        }
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.secrets import has_token, is_secret

IN_ENV = Message(
    en="The value of {name} is a secret that all who have this file can read. Use {new} or an envFile",
    zh="{name} 的值是机密，能读取此文件的人都能看到。请使用 {new} 或 envFile",
)
IN_ARGS = Message(
    en="This argument has a secret that all who have this file can read. Use a variable: ${{env:NAME}}",
    zh="此参数含有机密，能读取此文件的人都能看到。请使用变量：${{env:NAME}}",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, by_entry=True, only_with=("env", "args"), dimension="security")
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        for variable in configuration.variables():
            if is_secret(variable.name, variable.value.string or ""):
                new = f"${{env:{variable.name}}}"
                fix = Fix(CHANGE_TO(value=new), edit.replacement(tree, variable.value, new))
                yield Finding(variable.value.span, IN_ENV(name=variable.name, new=new), (fix,))
        args = configuration.get("args")
        for node in args.walk() if args is not None else ():
            if has_token(node.string or ""):
                yield Finding(node.span, IN_ARGS())
