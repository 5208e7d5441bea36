"""What people see: the console and Discord. Front ends translate; they decide nothing about papers."""
