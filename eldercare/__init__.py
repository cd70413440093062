"""The machinery of the dashboard: data catalogue, build, store, exhibits, faces and page blocks."""
