// Starts Delve as the Go extension does (goDebugConfiguration.ts, goDebugFactory.ts), which no registry offers.
const { spawn } = require('node:child_process');
const vscode = require('vscode');

const LISTENING = /DAP server listening at: .*:(\d+)/;

exports.activate = (context) => {
  const servers = new Map();
  context.subscriptions.push(
    vscode.debug.registerDebugConfigurationProvider('go', {
      // A program is built in its own folder.
      resolveDebugConfigurationWithSubstitutedVariables: (_folder, configuration) =>
        configuration.request === 'launch' && ['debug', 'test'].includes(configuration.mode)
          ? { ...configuration, program: '.', __buildDir: configuration.program }
          : configuration,
    }),
    vscode.debug.registerDebugAdapterDescriptorFactory('go', {
      async createDebugAdapterDescriptor({ id, configuration, workspaceFolder }) {
        const cwd = configuration.__buildDir ?? workspaceFolder?.uri.fsPath;
        const env = { ...process.env, ...configuration.env };
        const server = spawn(process.env.TEST_DLV, ['dap', '--listen=127.0.0.1:0'], { cwd, env });
        servers.set(id, server);
        return new vscode.DebugAdapterServer(await portOf(server), '127.0.0.1');
      },
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => servers.get(id)?.kill()),
    { dispose: () => servers.forEach((server) => server.kill()) },
  );
};

function portOf(server) {
  return new Promise((resolve, reject) => {
    server.on('exit', reject);
    server.stdout.on('data', (data) => {
      const found = LISTENING.exec(data);
      if (found) resolve(Number(found[1]));
    });
  });
}
