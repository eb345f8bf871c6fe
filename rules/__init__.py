"""What a form is and what must hold on it; knows neither models nor files but its own YAML."""
