"""The door for the public: pages without sign-in, built from `public.py` of each domain only."""
