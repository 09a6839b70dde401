"""From a scenario to something that can be simulated: the model's parts as cells, transitions, gates and their numbers.

`compile` lays the cells out once; `rates` puts in the numbers of one draw, among them what the policy opens and shuts.
"""
