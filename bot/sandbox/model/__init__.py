"""The workspace as it is: teams, people, channels, messages, views. In memory only; every change gets a number."""
