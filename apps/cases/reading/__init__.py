"""What other apps read of cases besides lists: in batches, as references, as figures, as files.
Sealed cases stay out unless a module says otherwise (ADR 12).
"""
