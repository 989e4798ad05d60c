"""Where people go next: a map of a contact log, counted, protected and drawn."""

from betterstory.engines.journeys.map.exact import ExactMap
from betterstory.engines.journeys.map.find import find_map
from betterstory.engines.journeys.map.journey_map import JourneyMap, draw_map
from betterstory.engines.journeys.map.picture import draw
from betterstory.engines.journeys.map.protected import ProtectedMap

__all__ = ["ExactMap", "JourneyMap", "ProtectedMap", "draw", "draw_map", "find_map"]
