"""Lists of cases: what is asked for (`wanted`), which cases fit (`narrowing`, `finding`), in what
order (`sorts`), page by page without a COUNT (`pages`), as rows (`rows`).

Every filter and every order of the allow-lists has its index (models/case.py); a list costs the
same in a hall of a hundred cases and of a hundred thousand.
"""
