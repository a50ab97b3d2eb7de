"""Engines run the stages: ``local`` in this process or a pool of processes."""
