"""The machinery of the dashboard: data catalogue, build, store, figures and page blocks."""
