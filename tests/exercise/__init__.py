"""What happens: entries, their fold, the course of the story, commands, rights and views."""
