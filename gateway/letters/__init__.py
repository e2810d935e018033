"""What people are told, in their own language: sentences, letters, invitations."""
