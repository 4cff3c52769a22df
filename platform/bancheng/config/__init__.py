"""Composition root: settings, urls, asgi, celery, command line and the embedded runtime."""
