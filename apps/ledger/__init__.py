"""The ledger of the desk (台账): its columns, saved views and exports."""
