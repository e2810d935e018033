"""The metric catalogue: one definition and one Ibis expression per metric."""
