"""What is kept: the log, who may sit down, accounts, backups. Synchronous; rows never leave this floor."""
