"""OFD (GB/T 33190), in which Chinese offices exchange pages: a ZIP archive of XML files becomes pages."""
