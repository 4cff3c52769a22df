"""Tables that people keep in a spreadsheet: read with bounds, each problem with row and column.

A sheet is a CSV (UTF-8, GB 18030, UTF-16) or an XLSX file. Nothing in it is evaluated, and nothing
is believed about its size before it was counted.
"""
