using FedActors.Host.Hosts;

namespace FedActors.Host.Tests.Hosts;

public sealed class ClientListTests
{
    [Theory]
    [InlineData("0-3", new[] { 0, 1, 2, 3 })]
    [InlineData("3, 7,5-6", new[] { 3, 5, 6, 7 })]
    [InlineData("9", new[] { 9 })]
    [InlineData("1/3", new[] { 0, 1, 2 })]
    [InlineData("3/3", new[] { 6, 7, 8, 9 })]
    [InlineData("none", new int[0])]
    public void A_list_of_clients_is_understood(string text, int[] clients)
    {
        Assert.True(ClientList.TryParse(text, 10, out var read));
        Assert.Equal(clients, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("5-3")]
    [InlineData("-1")]
    [InlineData("1-2-3")]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("x")]
    public void Anything_else_is_not(string text)
    {
        Assert.False(ClientList.TryParse(text, 10, out _));
    }

    [Fact]
    public void The_shares_of_all_hosts_are_all_clients()
    {
        var clients = Enumerable.Range(1, 7).SelectMany(part => ClientList.TryParse($"{part}/7", 100, out var share) ? share : []);

        Assert.Equal(Enumerable.Range(0, 100), clients);
    }

    [Fact]
    public void Clients_are_shown_as_ranges()
    {
        Assert.Equal("0-2, 5, 7-8", ClientList.Show([0, 1, 2, 5, 7, 8]));
        Assert.Equal("none", ClientList.Show([]));
    }
}
