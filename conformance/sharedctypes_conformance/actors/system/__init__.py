"""What the operating system says of processes: their states, the resources that they hold."""
