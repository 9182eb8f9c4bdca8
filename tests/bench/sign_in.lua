-- SPDX-License-Identifier: MIT
-- sign_in.lua - for wrk: the same person signs in again and again. Arguments: e-mail, password.
function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.body = '{"email":"' .. args[1] .. '","password":"' .. args[2] .. '"}'
end
