"""What a hall does. Every app here lives in each hall's own schema, and only there."""
