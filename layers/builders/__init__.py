"""Build the page bundle, the indexes and the zone layer out of sources; nothing here imports `geo`."""
