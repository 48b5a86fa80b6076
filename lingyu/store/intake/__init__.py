"""Reading outside tabular files: orders, visitors, costs, bug lists, for every operation.

Holds opening (`files`), cell parsers (`cells`), typed rows (`reader`), column mapping (`mapping`)
and the report of refused rows (`report`). Knows no operation: what a column means is the caller's.
"""
