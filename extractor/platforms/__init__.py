"""What differs between operating systems: a module each, one contract, and nothing of it anywhere else."""
