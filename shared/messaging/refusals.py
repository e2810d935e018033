"""What can go wrong between a service and the bus, by name."""


class BrokerUnavailable(Exception):
    """The broker does not answer or did not confirm; nothing is lost, try again later."""


class Unroutable(Exception):
    """No queue is bound to a message's type: the topology was not declared, or is wrong."""
