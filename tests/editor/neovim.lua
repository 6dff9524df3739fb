-- Runs inside a headless Neovim: opens the file, waits for the server's diagnostics, applies the preferred fix of the
-- first one that has any, saves, and writes what it saw to `$REPORT`.
local command = vim.fn.json_decode(vim.env.SERVER)
local report = { messages = {} }
local patience = 60000

vim.lsp.start_client = vim.lsp.start_client
local client = vim.lsp.start_client({ name = 'wslgo', cmd = command, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, client)

local arrived = vim.wait(patience, function() return #vim.diagnostic.get(0) > 0 end)
for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
  table.insert(report.messages, diagnostic.message)
end

local function preferred_action(diagnostic)
  local range = diagnostic.user_data.lsp and diagnostic
  local position = function(line, column) return { line = line, character = column } end
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = {
      start = position(range.lnum, range.col),
      ['end'] = position(range.end_lnum, range.end_col),
    },
    context = { diagnostics = {} },
  }
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, patience) or {}
  for _, action in ipairs((answers[client] or {}).result or {}) do
    if action.isPreferred and action.edit then return action end
  end
end

for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
  local action = preferred_action(diagnostic)
  if action then
    report.applied = action.title
    vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
    break
  end
end

vim.cmd('write')
vim.fn.writefile({ vim.fn.json_encode(report) }, vim.env.REPORT)
vim.lsp.stop_client(client)
vim.cmd(arrived and 'quitall!' or 'cquit')
