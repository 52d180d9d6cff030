"""Fines (罚缴): what is owed and paid, the additional fine, demand, receipts, forfeited goods."""
