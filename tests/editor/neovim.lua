-- Runs inside a headless Neovim on a file: waits for the server's diagnostics, applies the first preferred fix, saves,
-- and writes what it saw into the file that REPORT names.
local patience = 60000
local client = vim.lsp.start_client({
  name = 'wslgo',
  cmd = vim.fn.json_decode(vim.env.SERVER),
  root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(0, client)
vim.wait(patience, function() return #vim.diagnostic.get(0) > 0 end)

local function preferred_action(diagnostic)
  local place = {
    start = { line = diagnostic.lnum, character = diagnostic.col },
    ['end'] = { line = diagnostic.end_lnum, character = diagnostic.end_col },
  }
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = place,
    context = { diagnostics = { diagnostic.user_data.lsp } },
  }, patience)
  for _, action in ipairs(answers[client].result or {}) do
    if action.isPreferred then return action end
  end
end

local report = { messages = {} }
for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
  table.insert(report.messages, diagnostic.message)
end
for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
  local action = preferred_action(diagnostic)
  if action then
    vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
    report.applied = action.title
    break
  end
end
local before = #report.messages
report.is_mended = vim.wait(patience, function() return #vim.diagnostic.get(0) < before end)

vim.cmd('write')
vim.fn.writefile({ vim.fn.json_encode(report) }, vim.env.REPORT)
vim.lsp.stop_client(client)
vim.cmd('quitall!')
