"""The log of small useful acts."""
