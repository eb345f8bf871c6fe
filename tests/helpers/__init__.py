"""What tests share: files made by hand, a loopback server, a guard of the network."""
