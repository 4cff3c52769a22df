"""What may be done to a sealed file; every change goes through `writing.save`."""
