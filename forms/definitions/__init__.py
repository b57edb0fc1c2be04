"""What a form is: its document, its versions, its checks."""
