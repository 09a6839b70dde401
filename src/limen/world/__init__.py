"""Where things are: states, regions of origin, crossing points and airports, the ways between them and how much they carry."""
