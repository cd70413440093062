"""The steward's desk: the widgets of the page 数据更新. What they do is done by `eldercare.intake` and `eldercare.releases`."""
