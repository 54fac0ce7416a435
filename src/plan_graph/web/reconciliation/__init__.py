"""The Reconciliation Service API over HTTP, at ``/reconcile``: for OpenRefine and other clients of its kind."""
