"""Builders of news pages as they are met on Arabic sites: own sentences, real shapes, a fixed seed."""
