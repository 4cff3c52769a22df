"""Official papers: templates, numbers and the PDF of each."""
