from django.urls import URLPattern, path

from apps.ledger.api import bulk, exports, ledger, views

urlpatterns: list[URLPattern] = [
    path("ledger", ledger.LedgerView.as_view()),
    path("ledger/columns", ledger.ColumnsView.as_view()),
    path("ledger/selection", ledger.SelectionView.as_view()),
    path("ledger/bulk", bulk.BulkView.as_view()),
    path("ledger/file", exports.FileView.as_view()),
    path("ledger/views", views.ViewsView.as_view()),
    path("ledger/views/<uuid:view_id>", views.ViewView.as_view()),
    path("ledger/exports", exports.ExportsView.as_view()),
    path("ledger/exports/<uuid:export_id>", exports.ExportView.as_view()),
    path("ledger/exports/<uuid:export_id>/decision", exports.DecisionView.as_view()),
    path("ledger/exports/<uuid:export_id>/withdraw", exports.WithdrawView.as_view()),
    path("ledger/exports/<uuid:export_id>/file", exports.PlainFileView.as_view()),
    path("cases/<uuid:case_id>/archive", ledger.ArchiveView.as_view()),
    path("cases/<uuid:case_id>/remark", ledger.RemarkView.as_view()),
]
