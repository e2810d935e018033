"""The reference of every interface, made from the services' own documents."""
