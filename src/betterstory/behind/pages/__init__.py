"""Pages: releases for anyone, patterns for the partnership, logs for analysts and stewards."""
