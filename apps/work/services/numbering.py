"""Numbers without gaps within a year."""

from django.db import connection

from bancheng.kernel import clock


def next_number(series: str) -> tuple[int, int]:
    """This year and its next number. The row stays locked until the commit: what is rolled back
    gives its number back, so that there is no gap (C-64)."""
    year = clock.today().year
    sql = """
        INSERT INTO work_series (name, year, last) VALUES (%s, %s, 1)
        ON CONFLICT (name, year) DO UPDATE SET last = work_series.last + 1
        RETURNING last"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [series, year])
        row = cursor.fetchone()
    return year, int(row[0])
