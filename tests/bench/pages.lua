-- SPDX-License-Identifier: MIT
-- pages.lua - for wrk: the product list by another page, length and order with each request: 20,000 of them in a circle,
-- more than any cache here holds.
local n = 0
local sorts = { "name", "-name", "price", "-price" }

function request()
  n = n + 1
  return wrk.format("GET", "/api/v1/products?page=" .. (1 + n % 50) .. "&limit=" .. (1 + math.floor(n / 50) % 100) ..
    "&sort=" .. sorts[1 + math.floor(n / 5000) % 4])
end
