"""The REST API of the desk: `isnad.api.app.create_app` makes it over an open store (docs/api.md)."""
