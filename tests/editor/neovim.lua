-- Runs inside a headless Neovim on a file: waits for the server's diagnostics, applies the first preferred fix, saves,
-- and writes a report to the file in REPORT.
local patience = 30000
local report = { messages = {} }

local function start()
  local client = vim.lsp.start_client({
    name = 'wslgo',
    cmd = vim.fn.json_decode(vim.env.SERVER),
    root_dir = vim.fn.getcwd(),
  })
  vim.lsp.buf_attach_client(0, client)
  return client
end

local function preferred_action(client, diagnostic)
  local from, to = { diagnostic.lnum + 1, diagnostic.col }, { diagnostic.end_lnum + 1, diagnostic.end_col }
  local params = vim.lsp.util.make_given_range_params(from, to)
  params.context = { diagnostics = {} }
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, patience)
  for _, action in ipairs(answers[client].result or {}) do
    if action.isPreferred and action.edit then return action end
  end
end

local function mend(client)
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local action = preferred_action(client, diagnostic)
    if action then
      vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
      report.applied = action.title
      return
    end
  end
end

-- After an error Neovim must not wait for a key.
local is_done, problem = pcall(function()
  local client = start()
  vim.wait(patience, function() return #vim.diagnostic.get(0) > 0 end)
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    table.insert(report.messages, diagnostic.message)
  end
  mend(client)
  report.is_mended = vim.wait(patience, function() return #vim.diagnostic.get(0) < #report.messages end)
  vim.cmd('write')
end)
report.problem = not is_done and problem or nil
vim.fn.writefile({ vim.fn.json_encode(report) }, vim.env.REPORT)
vim.cmd('quitall!')
