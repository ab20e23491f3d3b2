"""What should happen, known without any backend: nothing here is shared with one or with impl."""
