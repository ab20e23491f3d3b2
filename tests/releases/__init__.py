"""Past releases of public backends, each with a defect that the next one mended."""
